from relatives.forms.agreements import AgreementForm


class AgreementOfTalkForm(AgreementForm):
    """An agreement that comes out of the conversation, perhaps of one answer to it."""

    # Of each answer another one can be made.
    kept_apart_by = ("about",)

    def __init__(self, *args, answer, **kwargs):
        if answer:
            kwargs["initial"] = {"text": answer.text, "topic": answer.question.topic}
        super().__init__(*args, **kwargs)
