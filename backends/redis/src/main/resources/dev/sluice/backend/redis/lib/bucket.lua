-- Buckets: the work of one project and one set of required capabilities, in the order of hand-out.
--
--   {org}:<kind>:<set>:<project>  sorted set, all scores 0: an entry for each session; kind is `ready`
--                                 or `returned`
--   {org}:heads:<kind>:<set>      sorted set, all scores 0: the heads of the open buckets, so that
--                                 its first member is the best item of all projects
--
-- An entry is <score, 16 digits> US <session id>, a head the first entry of a bucket followed by US
-- <project>. Redis orders members of the same score by their bytes, so entries are in the order of
-- hand-out, to the last tie. US is the byte 31, which no name contains. The head of an open bucket
-- stands in the org's hash too, under <kind>:<set>:<project>, for workers that name their projects.

-- Every change of a head goes through here, so what opens and closes buckets belongs here. `bucket`
-- is <kind>:<set>:<project>, `index` {org}:heads:<kind>:<set>; `old` is the head that stands there,
-- false for none, `new` the one to stand there.
local function bucket_refresh(bucket, index, old, new)
  if old ~= new then
    new_heads[bucket] = new
    if old then
      call('ZREM', index, old)
    end
    if new then
      call('ZADD', index, '0', new)
    end
  end
end
