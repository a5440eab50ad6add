from knowledge.models.articles import Article, Check, Subject
from knowledge.models.folders import Folder
from knowledge.models.turning import Guide, Portrait, Presentation
from knowledge.models.words import Association, Word

__all__ = [
    "Article",
    "Association",
    "Check",
    "Folder",
    "Guide",
    "Portrait",
    "Presentation",
    "Subject",
    "Word",
]
