"""What every page's frame needs."""


def frame(request):
    return {"actor": getattr(request, "actor", None)}
