create table parked_question (
    order_id text primary key,
    next_ask timestamptz not null
);
comment on table parked_question is 'Orders that nobody placed, whose events made somebody ask the provider; nobody asks again before next_ask';
-- What was asked about has another reason, so that the index stays as small as what is still to be asked.
create index inbox_parked_unasked on inbox (received_at) where outcome = 'parked' and reason = 'order_unknown';
