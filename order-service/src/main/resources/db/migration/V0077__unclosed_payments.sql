alter table orders add column unclosed text[], add column unclosed_version bigint;
comment on column orders.unclosed is 'The payments that could still be paid by the provider''s last answer, and that it did not close; null if there is nothing to repeat but the question';
comment on column orders.unclosed_version is 'The version that the order had when the provider gave that answer: it stands for no later one';
