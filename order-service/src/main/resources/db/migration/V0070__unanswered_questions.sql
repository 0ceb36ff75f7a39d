alter table orders add column unanswered int not null default 0;
comment on column orders.unanswered is 'Questions in a row that the provider has not answered';
alter table parked_question add column unanswered int not null default 0;
comment on column parked_question.unanswered is 'Questions in a row that the provider has not answered';
