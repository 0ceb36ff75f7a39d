-- A refund asks the provider in the middle, where no transaction may stay open: its key is kept before, its answer after.
alter table idempotency_key
    alter column status drop not null,
    alter column body drop not null,
    add column decided text,
    add column taken_until timestamptz,
    add check ((status is null) = (body is null)),
    add check (status is not null or (decided is not null and taken_until is not null));
comment on column idempotency_key.decided is 'What is asked for, as it was decided at first: whoever repeats a call without an answer asks for the same';
comment on column idempotency_key.taken_until is 'Until when a call without an answer counts as still at work';
