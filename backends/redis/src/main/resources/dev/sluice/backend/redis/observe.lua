-- Records the findings that a node sees.
--
-- ARGV    2 ms for which they stand unseen  3 whether begins are told (0, 1); ends of told ones are
--         4 ... key, kind, subject, project, words of each
-- Result  1 if one began or ended, else 0

if not has_findings then
  return { org.seq, 'OK', 0 }
end

local seen_ms, telling = ARGV[2] + 0, ARGV[3] == '1'
local known, fresh, kept = {}, {}, 0
for key, line in pairs(read_hash(FINDINGS)) do
  known[key], kept = finding_of(line), kept + 1
end
for i = 4, #ARGV, 5 do
  fresh[ARGV[i]] = { kind = ARGV[i + 1], subject = ARGV[i + 2], project = ARGV[i + 3], words = ARGV[i + 4] }
end
local waiting = sorted_keys(read_hash(NOTICES))
local outage_end = read_sweep() + 0

local until_seen, changes, moved, told_count = format('%d', now + seen_ms), false, 0, 0

local function tell(key, f, begin)
  if #waiting >= MAX_NOTICES then
    call('HDEL', NOTICES, table.remove(waiting, 1))
  end
  local id = format('%015d-%03d', org.seq + 1, told_count)
  told_count = told_count + 1
  waiting[#waiting + 1] = id
  call('HSET', NOTICES, id, begin .. '\31' .. NOW .. '\0310\31' .. NOW .. '\31' .. key .. '\31' .. finding_line(f))
end

-- `stood`: the finding as it stood before; nil if it did not.
local function record(key, f, before, stood)
  local stands, muted = f.began ~= '0', f.muted - now > 0
  if stands ~= (stood ~= nil) then
    moved = 1
  end
  if (telling or f.told == '1') and not muted and (f.told == '1') ~= stands then
    f.told = stands and '1' or '0'
    tell(key, stood or f, f.told)
  end
  if not stands and not muted then
    call('HDEL', FINDINGS, key)
    changes, kept = true, kept - 1
  elseif finding_line(f) ~= before then
    call('HSET', FINDINGS, key, finding_line(f))
    changes = true
  end
end

for _, key in ipairs(sorted_keys(known)) do
  local f, seen = known[key], fresh[key]
  local before = finding_line(f)
  local stood = f.began ~= '0' and finding_of(before) or nil
  if seen and not stood then
    f.began, f.project, f.words, f.seen = NOW, seen.project, seen.words, until_seen
  elseif seen and (f.seen - now) * 2 < seen_ms then
    f.words, f.seen = seen.words, until_seen
  elseif not seen and stood and f.seen - now <= 0 and outage_end + seen_ms <= now then
    f.began, f.owner, f.owned, f.reason = '0', '', '0', ''
  end
  record(key, f, before, stood)
  fresh[key] = nil
end
for _, key in ipairs(sorted_keys(fresh)) do
  if kept < MAX_FINDINGS then
    kept = kept + 1
    local seen = fresh[key]
    record(key, { kind = seen.kind, subject = seen.subject, project = seen.project, began = NOW, seen = until_seen,
      told = '0', owner = '', owned = '0', muted = '0', muter = '', words = seen.words, reason = '' }, '', nil)
  end
end
if changes then
  commit()
end
return { org.seq, 'OK', moved }
