create table idempotency_keys (
    owner       text        not null,
    operation   text        not null,
    key         text        not null,
    fingerprint bytea       not null,
    status      int,
    location    text,
    body        bytea,
    created_at  timestamptz not null,
    primary key (owner, operation, key)
);
comment on table idempotency_keys is 'Answers that a repeated call gets again. Written in the transaction of the work that it remembers.';
create index idempotency_keys_by_age on idempotency_keys (created_at);
