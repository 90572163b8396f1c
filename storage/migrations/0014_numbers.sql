-- Numbers are counted by bureau: two bureaus may write theirs alike.
DROP INDEX notices_by_number;
CREATE UNIQUE INDEX notices_by_number ON notices (number, bureau) WHERE serial > 0;
