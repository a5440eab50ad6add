from django.urls import path

from consent.record import receipts, views

urlpatterns = [
    path("relations/<uuid:uuid>/answers/", views.history_of, name="history"),
    path("consents/<uuid:uuid>/in-error/", views.in_error, name="consent-in-error"),
    path("talks/<uuid:uuid>/scan/", views.add_scan, name="scan-add"),
    path("scans/<uuid:uuid>/", views.scan, name="scan"),
    path("talks/<uuid:uuid>/receipt/", receipts.receipt, name="receipt"),
    path("talks/<uuid:uuid>/receipt.pdf", receipts.receipt_paper, name="receipt-paper"),
]
