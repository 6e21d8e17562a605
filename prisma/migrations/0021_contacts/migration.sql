-- Whom to ask about the far end of one's own traffic: the owner and contact of a namespace whose annotation
-- flowloom/show-contact is "true", for whoever is told its name anyway. Of one that did not opt in there is
-- nothing here, as of one that is not there.
CREATE VIEW viewer_contact WITH (security_barrier) AS
  SELECT cluster, name, document ->> 'owner' AS owner, document ->> 'contact' AS contact
  FROM inventory_object
  WHERE type = 'namespace' AND valid_to IS NULL
    AND document #>> '{annotations,flowloom/show-contact}' = 'true'
    AND namespace_id IN (SELECT ns FROM viewer_peer);
GRANT SELECT ON viewer_contact TO flowloom_reader;
