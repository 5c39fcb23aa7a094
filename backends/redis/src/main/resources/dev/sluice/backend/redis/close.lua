-- Closes the org, or replaces its closure of the same id. Takes no sequence number without an audit line.
--
-- ARGV    2 closure  3 purpose  4 when it ends by itself, or 0  5 the rest (lib/closure.lua)
--         6 ... audit line (lib/audit.lua)
-- Result  since
-- Refuses CLOSED, NOT_EMPTY, UPGRADING

local known = standing_closure()
if known and (known.id ~= ARGV[2] or known.purpose ~= ARGV[3]
    or find(known.rest, '"movedTo":"', 1, true) and (known.rest ~= ARGV[5] or known.till ~= ARGV[4])) then
  return { org.seq, 'CLOSED' }
end
if ARGV[3] == 'IMPORT' and not (known and known.purpose == 'IMPORT') then
  -- INSERT
  if not is_empty() then
    return { org.seq, 'NOT_EMPTY' }
  end
  if org.layout - NEWEST_LAYOUT < 0 then
    return { org.seq, 'UPGRADING' }
  end
end
check_audit()
local workers = call('ZRANGE', AREA .. 'workers', 0, -1)

local since = known and known.since or NOW
if not known then
  call('UNLINK', AREA .. 'import')
end
org_closed, new_heads.closure = true,
  ARGV[2] .. '\31' .. ARGV[3] .. '\31' .. since .. '\31' .. ARGV[4] .. '\31' .. ARGV[5]
-- Waiting polls look again and learn it.
for i = 1, #workers do
  hint('S', workers[i])
end
local line = audit()
write_org(not line)
return { org.seq, 'OK', since }
