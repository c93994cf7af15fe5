"""What the system did by itself, and whether it went well."""

from django.db import models


class JobRun(models.Model):
    """One run of a job: a tick's task, or a check. `result` is a sentence for people."""

    name = models.CharField(max_length=40)
    started = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    ok = models.BooleanField(default=False)
    result = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["name", "started"], name="jobrun_name")]

    def __str__(self) -> str:
        return f"{self.name} {self.started:%Y-%m-%d %H:%M}"
