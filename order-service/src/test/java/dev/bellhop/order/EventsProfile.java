package dev.bellhop.order;

/** Impatient: each step of asking comes after seconds. */
public final class EventsProfile extends RealPartsProfile {}
