-- Registers a worker, or answers the record of that id, and starts its lease.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 worker  3 credential  4 dialect  5 hostname  6 capacity  7 projects
--         8 capabilities  9 draining, 0 or 1  10 details  11 projects it takes; lists parted by US
-- Result  seq, 'OK', record (field, value, ...; of a repeated field the last counts)
--
-- USES org worker

local id = ARGV[2]
local key = AREA .. 'w:' .. id
local record
local w = read_worker(id)
if w then
  record = call('HGETALL', key)
  sign_of_life(w)
  write_worker(w)
  for _, value in ipairs({ 'seen', now, 'silent', 0 }) do
    record[#record + 1] = value
  end
else
  record = {
    'registered_by', ARGV[3], 'dialect', ARGV[4], 'hostname', ARGV[5], 'capacity', ARGV[6],
    'projects', ARGV[7], 'capabilities', ARGV[8], 'draining', ARGV[9], 'details', ARGV[10],
    'active_count', 0, 'registered_at', now, 'seen', now, 'silent', 0, 'active', 0,
    'request', '', 'claims', '', 'takes', ARGV[11], 'sets', '', 'sets_version', '', 'mail', '' }
  call('ZADD', AREA .. 'leases', now + LEASE_MS, id)
  call('HSET', key, unpack(record))
end
commit()
return { seq, 'OK', record }
