alter table orders add column unclosed text[], add column unclosed_version bigint;
comment on column orders.unclosed is 'The payments of the provider''s last answer, if all of them can still be paid and it did not close them; null if there is nothing to repeat but the question';
comment on column orders.unclosed_version is 'The version that the order had when the provider gave that answer: it stands for no later one';
