create table webhook_endpoints (
    id              text        primary key,
    owner           text        not null,
    url             text        not null,
    style           text        not null,
    event_types     text[]      not null,
    rate_per_second int         check (rate_per_second > 0),
    failures        int         not null default 0,
    failing_since   timestamptz,
    pauses          int         not null default 0,
    paused_until    timestamptz,
    disabled_reason text,
    created_at      timestamptz not null
);
comment on table webhook_endpoints is 'Where merchants want webhooks, and how their receivers have been doing.';

create table signing_secrets (
    endpoint_id text        not null references webhook_endpoints on delete cascade,
    secret      text        not null,
    created_at  timestamptz not null,
    expires_at  timestamptz,
    primary key (endpoint_id, secret)
);
comment on table signing_secrets is 'What webhooks are signed with: the newest has no end, older ones overlap until theirs.';
