create table question_log (
    number   bigint generated always as identity primary key,
    order_id text not null,
    at       timestamptz not null,
    reason   text not null,
    means    text not null check (means in ('alone', 'in_a_list')),
    payments int not null,
    status   text not null,
    moved    boolean not null
);
comment on table question_log is 'Each answer of the provider about an order: why it was asked, and what came of it';
create index question_log_of_order on question_log (order_id, at);
create index question_log_by_age on question_log (at);
