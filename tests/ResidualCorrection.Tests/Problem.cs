using Dfx.Numerics.Noise;
using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection.Tests;

/// <summary>Images, noise and contexts for short runs.</summary>
internal static class Problem
{
    internal static readonly DataShape Shape = new(1, 8, 8);

    /// <summary>Standard normals of a purpose, float64.</summary>
    internal static torch.Tensor Normal(string purpose, params long[] shape) => Filled(purpose, NoiseSource.Normals, shape);

    /// <summary>Uniforms in (0, 1) of a purpose, float64.</summary>
    internal static torch.Tensor Uniform(string purpose, params long[] shape) => Filled(purpose, NoiseSource.Uniforms, shape);

    internal static ModelContext Model(IDataSource? data = null, string scope = "") => new()
    {
        Data = data ?? new GaussianData(),
        Task = new GenerateTask(),
        Network = new() { Channels = 8, Multipliers = [1], Blocks = 1 },
        Device = torch.CPU,
        Seed = 1,
        Scope = scope,
    };

    internal static TrainingContext Training(IDataSource? data = null, int steps = 4, int batch = 8, ITrainingHost? host = null) => new()
    {
        Model = Model(data, "correct/"),
        Settings = new() { Steps = steps, Batch = batch, LearningRate = 2e-3, Ema = [0.9] },
        Host = host ?? new SilentHost(),
    };

    /// <summary>Whether two tensors have the same numbers.</summary>
    internal static bool Same(torch.Tensor one, torch.Tensor other) => one.shape.SequenceEqual(other.shape) && one.eq(other).all().ToBoolean();

    /// <summary>A collection made by a correction of these options.</summary>
    internal static Collected Collect(IDenoiser source, PairOptions options, IDataSource? data = null, bool flip = false)
    {
        var host = new Collected();
        PairSupply.Collect(new() { Source = source, Model = Model(data, "collect/"), Flip = flip, Host = host }, options);
        return host;
    }

    private static torch.Tensor Filled(string purpose, NoiseFillOf fill, long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
        fill(NoiseKey.For(7, purpose), 0, 0, values, 0);
        return torch.tensor(values, shape).@double();
    }

    private delegate void NoiseFillOf(NoiseKey key, uint sample, uint draw, Span<float> values, long start);
}

/// <summary>Independent Gaussian pixels around 0; image i is the same at every reading.</summary>
internal sealed class GaussianData(int images = 32, double deviation = 0.5) : IDataSource
{
    public DataShape Shape => Problem.Shape;

    public IReadOnlyList<string> Classes => [];

    public bool IsImages => false;

    public int Count(Split split) => images;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices) =>
        torch.stack(Array.ConvertAll(indices.ToArray(), i => (Problem.Normal($"image {i}", Shape.Channels, Shape.Height, Shape.Width) * deviation).@float()));

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("no labels");

    public void Dispose()
    {
    }
}

/// <summary>A denoiser that is a formula, which counts the images that it is asked about.</summary>
/// <param name="formula">D(y; sigma), sigma of the shape [N, 1, 1, 1].</param>
/// <param name="schedule">Its noise schedule; null for EDM's.</param>
internal sealed class FormulaDenoiser(Func<torch.Tensor, torch.Tensor, torch.Tensor> formula, INoiseSchedule? schedule = null) : IDenoiser
{
    internal long Evaluations { get; private set; }

    public INoiseSchedule Schedule { get; } = schedule ?? new EdmSchedule();

    public DataShape Shape => Problem.Shape;

    public IReadOnlyList<NetworkCard> Networks => [];

    /// <summary>The exact denoiser of data N(0, s²).</summary>
    internal static FormulaDenoiser Gaussian(double s = 0.5, INoiseSchedule? schedule = null) => new((y, sigma) => y * (s * s) / (sigma.square() + (s * s)), schedule);

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        using var scope = torch.NewDisposeScope();
        Evaluations += x.shape[0];
        return scope.MoveToOuter(formula(x, sigma.view(-1, 1, 1, 1)));
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal() * level;

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>());

    public void Dispose()
    {
    }
}

/// <summary>A collection in memory.</summary>
internal sealed class Collected(int parts = 0) : ICollectionHost, ICollectedRows
{
    private readonly Dictionary<string, List<torch.Tensor>> _columns = [];

    public int Parts { get; private set; } = parts;

    public long Rows => _columns.Count == 0 ? 0 : _columns.First().Value.Sum(part => part.shape[0]);

    internal List<(long Done, long Total)> Reports { get; } = [];

    public void Add(IReadOnlyDictionary<string, torch.Tensor> part)
    {
        Parts++;
        foreach (var (name, column) in part)
        {
            _columns.TryAdd(name, []);
            _columns[name].Add(column.clone().DetachFromDisposeScope());
        }
    }

    public torch.Tensor Column(string name) => torch.cat([.. _columns[name]]);

    public torch.Tensor Read(string name, ReadOnlySpan<long> rows)
    {
        using var column = Column(name);
        return column.index_select(0, torch.tensor(rows.ToArray()));
    }

    internal int[] Ints(string name) => Column(name).data<int>().ToArray();

    public void Report(long done, long total, string? note = null) => Reports.Add((done, total));
}
