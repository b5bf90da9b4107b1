using System.Collections.Immutable;

namespace Dfx.Compensation.Analyses;

/// <summary>
/// What an evaluation of the main network costs for one image, and what the compensation module adds (Lu et al. 2024, table 5): multiplications with addition of
/// convolutions, linear layers and attention, of the run's network and of networks of published size.
/// </summary>
[Analysis("cs-costs", "Multiply-adds of the module", Paper = "Lu, Salah and Poppe, ECCV 2024")]
public sealed class CostsAnalysis : IAnalysis
{
    private const double Giga = 1e9;
    private const int OperationsEach = 2;

    // The paper has ADM's network and does not print its sizes; these are of the usual settings for the resolution.
    private static readonly ImmutableArray<(string Name, int Side, ImmutableArray<int> Multipliers)> s_published =
    [
        ("cifar10", 32, [1, 2, 2, 2]),
        ("celeba64", 64, [1, 2, 2, 2]),
        ("ffhq256", 256, [1, 1, 2, 2, 4, 4]),
    ];

    private static readonly AnalysisColumn[] s_columns =
    [
        new("network", "The run's, or one of the size for a published dataset."),
        new("side", "Height of the images."),
        new("channels", "Of the main network."),
        new("main-multiply-adds", "Of an evaluation of the main network, one image."),
        new("module-multiply-adds", "Of an evaluation of the module."),
        new("main-gflops", "Two operations each, in 10^9."),
        new("module-gflops", "The same of the module."),
        new("share", "The module's by the main network's."),
    ];

    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(s_columns, [Row("run", context.Model), .. s_published.Select(p => Row(p.Name, Published(context.Model, p.Side, p.Multipliers)))]);
    }

    private static ModelContext Published(ModelContext model, int side, ImmutableArray<int> multipliers) => model with
    {
        Data = new ShapeAlone(new(3, side, side)),
        Task = new GenerateTask(),
        Network = new() { Family = "adm", Channels = 128, Multipliers = multipliers, Blocks = 2, Attention = [16] },
        Device = torch.CPU,
        Augmented = false,
        Meter = IEvaluationMeter.None,
    };

    private static object?[] Row(string name, ModelContext model)
    {
        using var main = UNets.For(model);
        using var module = CsModule.Build(model);
        var (large, small) = (main.Card.MultiplyAdds!.Value, module.Card.MultiplyAdds!.Value);
        return
        [
            name, (long)model.Data.Shape.Height, (long)model.Network.Channels, large, small, OperationsEach * large / Giga, OperationsEach * small / Giga, (double)small / large,
        ];
    }

    /// <summary>Data of which networks ask for the shape alone.</summary>
    private sealed class ShapeAlone(DataShape shape) : IDataSource
    {
        public DataShape Shape => shape;

        public IReadOnlyList<string> Classes => [];

        public bool IsImages => true;

        public int Count(Split split) => 0;

        public torch.Tensor Read(Split split, ReadOnlySpan<int> indices) => throw new NotSupportedException("There are no images.");

        public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new NotSupportedException("There are no labels.");

        public void Dispose()
        {
        }
    }
}
