alter table payments add column traceparent text;
comment on column payments.traceparent is 'W3C trace context of the call that created it: what its webhooks belong to, unless who pays brings a trace of its own';
