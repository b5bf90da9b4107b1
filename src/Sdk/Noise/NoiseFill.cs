using Dfx.Numerics.Noise;

namespace Dfx.Sdk;

/// <summary>Fills a span with the numbers of one draw of one sample, from a place in the draw on.</summary>
internal delegate void NoiseFill(NoiseKey key, uint sample, uint draw, Span<float> into, long start);
