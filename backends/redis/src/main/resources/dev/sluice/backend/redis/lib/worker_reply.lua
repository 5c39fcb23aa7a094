-- A worker as an answer: its id, its record (field, value, ...; of a repeated field the last counts),
-- 1 if its credential was revoked, else 0.
local function worker_reply(w)
  return { w.id, call('HGETALL', w.key), revoked(w) and 1 or 0 }
end
