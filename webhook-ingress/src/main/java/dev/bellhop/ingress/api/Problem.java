package dev.bellhop.ingress.api;

/** What a refusal looks like from outside: a status, and a code that is stable. */
record Problem(int status, String title, String code) {}
