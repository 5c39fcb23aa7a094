-- Closes the org, or replaces its closure of the same id. Takes no sequence number without an audit line.
--
-- ARGV    2 closure  3 purpose  4 when it ends by itself, or 0  5 the rest (lib/closure.lua)
--         6 ... audit line (lib/audit.lua)
-- Result  since
-- Refuses CLOSED, NOT_EMPTY, UPGRADING
function Functions.close(args)
  local known = Closures.standing()
  if known and (known.id ~= args[2] or known.purpose ~= args[3]
      or find(known.rest, '"movedTo":"', 1, true) and (known.rest ~= args[5] or known.till ~= args[4])) then
    return { org.seq, 'CLOSED' }
  end
  if args[3] == 'IMPORT' and not (known and known.purpose == 'IMPORT') then
    if not Closures.is_empty() then
      return { org.seq, 'NOT_EMPTY' }
    end
    if org.layout - Rules.NEWEST_LAYOUT < 0 then
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
  Step.set_field('closure', args[2] .. '\31' .. args[3] .. '\31' .. since .. '\31' .. args[4] .. '\31' .. args[5])
  -- Waiting polls look again and learn it.
  for i = 1, #workers do
    Step.hint('S', workers[i])
  end
  local line = Audit.write(args)
  Step.commit(not line)
  return { org.seq, 'OK', since }
end
