create table dead_letter (
    origin      text primary key,
    reason      text not null,
    record_key  text,
    headers     text not null,
    body        bytea,
    at          timestamptz not null,
    redriven_at timestamptz,
    redriven_by text
);
comment on table dead_letter is 'Records of webhooks.payments that could not be applied, as they are on the dead-letter topic';
create index dead_letter_by_age on dead_letter (at desc, origin desc);
