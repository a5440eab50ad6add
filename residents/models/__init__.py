from residents.models.log import AccessEvent
from residents.models.residents import Grant, Resident
from residents.models.samples import SampledRead

__all__ = ["AccessEvent", "Grant", "Resident", "SampledRead"]
