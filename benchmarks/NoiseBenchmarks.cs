using BenchmarkDotNet.Attributes;
using Dfx.Numerics.Noise;

namespace Dfx.Benchmarks;

/// <summary>Noise for a batch of 16 384 numbers, on one core; divide by the count for the time a number.</summary>
public class NoiseBenchmarks
{
    private readonly float[] _single = new float[16384];
    private readonly double[] _double = new double[16384];
    private readonly NoiseKey _key = new(1, 2);

    [Benchmark(OperationsPerInvoke = 16384)]
    public void Normals() => NoiseSource.Normals(_key, 0, 0, _single);

    [Benchmark(OperationsPerInvoke = 16384)]
    public void NormalsInDouble() => NoiseSource.Normals(_key, 0, 0, _double);

    [Benchmark(OperationsPerInvoke = 16384)]
    public void Uniforms() => NoiseSource.Uniforms(_key, 0, 0, _single);
}
