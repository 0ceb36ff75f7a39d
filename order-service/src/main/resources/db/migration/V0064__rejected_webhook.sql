create table rejected_webhook (
    partition   int not null,
    position    bigint not null,
    received_at timestamptz not null,
    source      text not null,
    reason      text not null,
    scheme      text not null,
    size        bigint not null,
    headers     text not null,
    body        bytea not null,
    primary key (partition, position)
);
comment on table rejected_webhook is 'The newest of what the ingress refused, as webhooks.rejected tells; nobody acts on it';
create index rejected_webhook_by_age on rejected_webhook (received_at desc, partition desc, position desc);
