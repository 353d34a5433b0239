-- What was learnt of limits is news to the other instances, as what happens to keys is.
ALTER TABLE learnt_limits ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;

CREATE INDEX learnt_limits_changed ON learnt_limits (changed);

CREATE FUNCTION limits_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.limits IS DISTINCT FROM OLD.limits THEN
    NEW.changed := next_news();
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER learnt_limits_tell BEFORE INSERT OR UPDATE ON learnt_limits
FOR EACH ROW EXECUTE FUNCTION limits_change();
