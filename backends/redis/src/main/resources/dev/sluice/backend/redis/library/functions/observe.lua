-- Records the findings that a node sees.
--
-- ARGV    2 ms for which they stand unseen  3 whether begins are told (0, 1); ends of told ones are
--         4 ... key, kind, subject, project, words of each
-- Result  1 if one began or ended, else 0
function Functions.observe(args)
  if not Findings.known() then
    return { org.seq, 'OK', 0 }
  end

  local seen_ms, telling = args[2] + 0, args[3] == '1'
  local known, fresh, kept = {}, {}, 0
  for key, line in pairs(Findings.read_hash(Findings.key())) do
    known[key], kept = Findings.parse(line), kept + 1
  end
  for i = 4, #args, 5 do
    fresh[args[i]] = { kind = args[i + 1], subject = args[i + 2], project = args[i + 3], words = args[i + 4] }
  end
  local waiting = Findings.sorted_keys(Findings.read_hash(Findings.notices_key()))
  local outage_end = Expiry.read_sweep() + 0

  local until_seen, changes, moved, told_count = format('%d', now + seen_ms), false, 0, 0

  local function tell(key, f, begin)
    if #waiting >= Rules.MAX_NOTICES then
      call('HDEL', Findings.notices_key(), table.remove(waiting, 1))
    end
    local id = format('%015d-%03d', org.seq + 1, told_count)
    told_count = told_count + 1
    waiting[#waiting + 1] = id
    call('HSET', Findings.notices_key(), id, begin .. '\31' .. NOW .. '\0310\31' .. NOW .. '\31' .. key .. '\31' .. Findings.line(f))
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
      call('HDEL', Findings.key(), key)
      changes, kept = true, kept - 1
    elseif Findings.line(f) ~= before then
      call('HSET', Findings.key(), key, Findings.line(f))
      changes = true
    end
  end

  for _, key in ipairs(Findings.sorted_keys(known)) do
    local f, seen = known[key], fresh[key]
    local before = Findings.line(f)
    local stood = f.began ~= '0' and Findings.parse(before) or nil
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
  for _, key in ipairs(Findings.sorted_keys(fresh)) do
    if kept < Rules.MAX_FINDINGS then
      kept = kept + 1
      local seen = fresh[key]
      record(key, { kind = seen.kind, subject = seen.subject, project = seen.project, began = NOW, seen = until_seen,
        told = '0', owner = '', owned = '0', muted = '0', muter = '', words = seen.words, reason = '' }, '', nil)
    end
  end
  if changes then
    Step.commit()
  end
  return { org.seq, 'OK', moved }
end
