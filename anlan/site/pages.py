"""Pages of the site itself."""
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render


def home(request):
    return render(request, "site/home.html")


def about(request):
    return render(request, "site/about.html")


def health(request):
    return JsonResponse({"status": "ok"})


def robots(request):
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
