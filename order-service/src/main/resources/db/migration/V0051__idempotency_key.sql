create table idempotency_key (
    owner       text not null,
    operation   text not null,
    key         text not null,
    fingerprint text not null,
    status      int not null,
    location    text,
    etag        text,
    body        text not null,
    created_at  timestamptz not null default now(),
    primary key (owner, operation, key)
);
comment on table idempotency_key is 'The answers of creating calls, written in the transaction of their work, so that a repetition gets the first answer';
create index idempotency_key_age on idempotency_key (created_at);
