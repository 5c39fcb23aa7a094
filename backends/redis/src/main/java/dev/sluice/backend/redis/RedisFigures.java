package dev.sluice.backend.redis;

import dev.sluice.backend.figures.FigureBucket;
import dev.sluice.backend.figures.FigureDimension;
import dev.sluice.backend.figures.Figures;
import dev.sluice.backend.redis.function.FunctionRunner;
import dev.sluice.backend.redis.function.FunctionRunner.Run;
import dev.sluice.backend.redis.function.LuaFunction;
import dev.sluice.backend.redis.reply.FigureReader;
import dev.sluice.backend.redis.reply.Reply;
import java.util.ArrayList;
import java.util.List;

final class RedisFigures implements Figures {

  /** Buckets a call, so that no call holds up the others for long. */
  private static final long AT_ONCE = 72;

  private final FunctionRunner scripts;

  RedisFigures(FunctionRunner scripts) {
    this.scripts = scripts;
  }

  @Override
  public List<FigureBucket> read(String org, FigureDimension by, long fromMs, long toMs) {
    Figures.requireRange(fromMs, toMs);
    long last = Math.floorDiv(toMs - 1, BUCKET_MS);
    List<FigureBucket> buckets = new ArrayList<>();
    for (long first = fromMs / BUCKET_MS; first <= last; first += AT_ONCE) {
      Reply reply =
          scripts.run(
              LuaFunction.LIST_FIGURES,
              org,
              Run.of(
                  org,
                  FigureReader.letter(by),
                  String.valueOf(first),
                  String.valueOf(Math.min(last, first + AT_ONCE - 1))));
      FigureReader.read(reply, buckets::add);
    }
    return buckets;
  }
}
