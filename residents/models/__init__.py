from residents.models.log import AccessEvent
from residents.models.residents import Grant, Resident

__all__ = ["AccessEvent", "Grant", "Resident"]
