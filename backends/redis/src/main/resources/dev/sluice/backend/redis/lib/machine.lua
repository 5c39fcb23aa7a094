-- Deletes the records of workers that nothing replaces; lib/worker.lua has the layout.

-- Decides it: answers its place in {org}:machines, or nil.
local function machine_of(w)
  local machine = call('HGET', w.key, 'machine')
  return machine and call('HGET', AREA .. 'machines', machine) == w.id and machine
end

-- Applies it.
local function delete_worker(w, machine)
  if machine then
    call('HDEL', AREA .. 'machines', machine)
  end
  w.retired, w.active = '1', '0'
  write_worker(w)
end
