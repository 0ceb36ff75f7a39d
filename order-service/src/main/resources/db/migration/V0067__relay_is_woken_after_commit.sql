-- PostgreSQL lets one transaction that notifies commit at a time, its write to disk included.
-- The service notifies after its commits instead; an older one that still runs is swept once a second.
drop trigger outbox_wakes_the_relay on outbox;
drop function outbox_wakes_the_relay();
