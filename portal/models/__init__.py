from portal.models.drawings import Drawing
from portal.models.employments import Employment, Profession
from portal.models.homes import Department, DepartmentGrant, Home
from portal.models.log import AuditEvent
from portal.models.messages import Draft, Invitation, Message
from portal.models.notices import Letterbox, Notice
from portal.models.pictures import Picture
from portal.models.privacy import PrivacyShown
from portal.models.users import User

__all__ = [
    "AuditEvent",
    "Department",
    "DepartmentGrant",
    "Draft",
    "Drawing",
    "Employment",
    "Home",
    "Invitation",
    "Letterbox",
    "Message",
    "Notice",
    "Picture",
    "PrivacyShown",
    "Profession",
    "User",
]
