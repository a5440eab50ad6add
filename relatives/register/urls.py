from django.urls import path

from relatives.register import views

urlpatterns = [
    path("register/", views.register_upload, name="register-upload"),
    path("register/columns/", views.register_columns, name="register-columns"),
    path(
        "register/templates/<slug:kind>/",
        views.register_template,
        name="register-template",
    ),
    path("register/<uuid:uuid>/", views.register_preview, name="register-preview"),
    path(
        "register/<uuid:uuid>/confirm/", views.register_confirm, name="register-confirm"
    ),
    path("register/<uuid:uuid>/forget/", views.register_forget, name="register-forget"),
    path(
        "register/<uuid:uuid>/receipt/", views.register_receipt, name="register-receipt"
    ),
]
