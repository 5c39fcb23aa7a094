-- Registers a worker, or answers the record of that id, and starts its lease.
--
-- KEYS    1 {org}:org
-- ARGV    1 now or ''  2 worker  3 credential  4 dialect  5 hostname  6 capacity  7 projects
--         8 capabilities  9 draining, 0 or 1  10 details  11 projects it takes; lists parted by RS
-- Result  seq, 'OK', record (field, value, ...; of a repeated field the last counts)
--
-- USES org worker workers

local id = ARGV[2]
local key = AREA .. 'w:' .. id
local record
local w = read_worker(id)
if w then
  record = call('HGETALL', key)
  sign_of_life(w)
  write_worker(w)
else
  w = { id = id, key = key, set = {}, gone = {} }
  w.dialect, w.seen, w.capacity, w.draining, w.silent = ARGV[4], NOW, ARGV[6], ARGV[9], '0'
  w.active, w.mail, w.accept, w.version, w.sets = '0', '', '', '', ''
  record = {
    'layout', 'dev.sluice.backend.redis: a worker, what it said of itself, and its active set',
    'registered_by', ARGV[3], 'hostname', ARGV[5], 'projects', ARGV[7], 'takes', ARGV[11],
    'capabilities', ARGV[8], 'details', ARGV[10], 'active_count', '0', 'registered_at', NOW,
    'last', '\31' }
  call('ZADD', AREA .. 'leases', now + LEASE_MS, id)
  call('HSET', key, unpack(record))
  write_worker(w)
end
record[#record + 1] = 'state'
record[#record + 1] = state_of(w)
commit()
return { org.seq, 'OK', record }
