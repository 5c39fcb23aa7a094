-- Closes the org, or replaces its closure of the same id. Takes no sequence number without an audit line.
--
-- Arguments  2 closure  3 purpose  4 when it ends by itself, or 0  5 the rest (rules/closures.lua)
--            6 ... audit line (rules/audit.lua)
-- Result  since
-- Refuses CLOSED, NOT_EMPTY, UPGRADING
function Functions.close(args)
  local id, purpose, till, rest = unpack(args, 2, 5)
  local known = Closures.standing()
  if known and (known.id ~= id or known.purpose ~= purpose
      or find(known.rest, '"movedTo":"', 1, true) and (known.rest ~= rest or known.till ~= till)) then
    return { org.seq, 'CLOSED' }
  elseif purpose == 'IMPORT' and not known then
    if not Closures.is_empty() then
      return { org.seq, 'NOT_EMPTY' }
    elseif org.layout - Rules.NEWEST_LAYOUT < 0 then
      return { org.seq, 'UPGRADING' }
    end
  end
  Audit.check(args)
  local workers = call('ZRANGE', AREA .. 'workers', 0, -1)

  local since = known and known.since or NOW
  if not known then
    call('UNLINK', AREA .. 'import')
  end
  org_closed = true
  Step.set_field('closure', id .. '\31' .. purpose .. '\31' .. since .. '\31' .. till .. '\31' .. rest)
  -- Waiting polls look again and learn of the closure.
  for _, worker in ipairs(workers) do
    Step.hint('S', worker)
  end
  local line = Audit.write(args)
  Step.commit(not line)
  return { org.seq, 'OK', since }
end
