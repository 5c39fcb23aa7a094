-- The closure of an org: id US purpose US since US until, 0 for never, US the rest as JSON (ClosureText). It is the
-- field `closure` of the org while the org is closed.

-- Returns the closure in force, or nil. The next change of the org deletes one that is over.
function Closures.standing()
  if not org_closed then
    return nil
  end
  local text = Step.field('closure') or ''
  local id, purpose, since, till, rest = match(text, '^([^\31]+)\31(%u+)\31(%d+)\31(%d+)\31(.*)$')
  if not id then
    Step.damaged(ORG .. ' closure')
  elseif till == '0' or now < till + 0 then
    return { id = id, purpose = purpose, since = since, till = till, rest = rest }
  end
  org_closed = false
  Step.set_field('closure', false)
  return nil
end

-- Refuses the step if the org is closed.
function Closures.refuse()
  if Closures.standing() then
    error('SLUICE-CLOSED ' .. org.seq .. ' ' .. sub(AREA, 2, -3), 0)
  end
end

-- True if the org is closed for an import under this id.
function Closures.is_import(id)
  local closure = Closures.standing()
  return closure ~= nil and closure.id == id and closure.purpose == 'IMPORT'
end

-- True if the org has nothing that an import brings except audit lines and keys.
function Closures.is_empty()
  for _, place in ipairs({ 'ready', 'parked', 'later', 'returned', 'claimed', 'dead', 'jobs', 'offers' }) do
    if org[place] ~= '0' then
      return false
    end
  end
  for _, list in ipairs({ 'ended', 'workers', 'queues', 'jobs-over', 'stop-runs', 'replays', 'archives' }) do
    if call('ZCARD', AREA .. list) ~= 0 then
      return false
    end
  end
  return true
end
