from residents.models.incidents import Incident, IncidentStep
from residents.models.log import AccessEvent
from residents.models.lookups import Lookup
from residents.models.residents import Grant, Resident
from residents.models.samples import SampledRead

__all__ = [
    "AccessEvent",
    "Grant",
    "Incident",
    "IncidentStep",
    "Lookup",
    "Resident",
    "SampledRead",
]
