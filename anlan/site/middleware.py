"""The outermost guard."""


def plain_errors(get_response):
    def guarded(request):
        return get_response(request)

    return guarded
