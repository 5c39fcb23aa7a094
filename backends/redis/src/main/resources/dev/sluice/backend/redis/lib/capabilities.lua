-- The sets of required capabilities, by number, of which a worker has all.
local function sets_within(capabilities)
  local has, accepted = {}, {}
  for capability in string.gmatch(capabilities, '[^\30]+') do
    has[capability] = true
  end
  local all = call('HGETALL', AREA .. 'sets')
  for i = 1, #all, 2 do
    local every = true
    for capability in string.gmatch(all[i], '[^\30]+') do
      every = every and has[capability]
    end
    if every then
      accepted[#accepted + 1] = all[i + 1]
    end
  end
  return table.concat(accepted, ' ')
end
