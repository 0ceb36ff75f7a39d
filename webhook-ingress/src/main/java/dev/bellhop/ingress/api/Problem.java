package dev.bellhop.ingress.api;

/** What a refusal looks like from outside: a status, a code that is stable, and a sentence for people. */
record Problem(int status, String title, String code, String detail) {}
