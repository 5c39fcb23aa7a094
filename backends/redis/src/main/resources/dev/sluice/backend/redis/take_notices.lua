-- Takes notices to deliver.
--
-- ARGV    2 limit  3 ... ids of delivered ones
-- Result  id, begin, at, try, key, finding (lib/finding.lua), ...

local stored, changes = has_findings and read_hash(NOTICES) or {}, false
local notices = {}
for id, line in pairs(stored) do
  local begin, at, tries, due, key, finding = match(line, '^([01])\31(%d+)\31(%d+)\31(%d+)\31([^\31]+)\31(.*)$')
  if not begin then
    damaged(NOTICES)
  end
  notices[id] = { begin = begin, at = at, tries = tries, due = due, key = key, finding = finding }
end

local function drop(id)
  call('HDEL', NOTICES, id)
  notices[id] = nil
  changes = true
end

for i = 3, #ARGV do
  if notices[ARGV[i]] then
    drop(ARGV[i])
  end
end
local taken, left, behind = {}, ARGV[2] + 0, {}
for _, id in ipairs(sorted_keys(notices)) do
  local n = notices[id]
  if n.at + NOTICE_MS <= now then
    drop(id)
  elseif not behind[n.key] then
    behind[n.key] = true
    if n.due - now <= 0 and left > 0 then
      left = left - 1
      local pause = math.min(FIRST_RETRY_MS * 2 ^ math.min(n.tries, 10), LONGEST_RETRY_MS)
      local try = format('%d', n.tries + 1)
      call('HSET', NOTICES, id, table.concat({ n.begin, n.at, try, format('%d', now + pause), n.key, n.finding }, '\31'))
      changes = true
      for _, part in ipairs({ id, n.begin, n.at, try, n.key, n.finding }) do
        taken[#taken + 1] = part
      end
    end
  end
end
if changes then
  commit()
end
return { org.seq, 'OK', taken }
