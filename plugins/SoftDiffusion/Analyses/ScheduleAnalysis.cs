namespace Dfx.SoftDiffusion.Analyses;

/// <summary>
/// The schedule that is found for a dataset, node by node, beside others through the same levels of the corruption: at equal lengths of the way, by
/// Eq. 45, and linear in t. It is the one that methods with the same parameters train along.
/// </summary>
/// <param name="options">Its parameters.</param>
[Analysis("soft-schedule", "Schedule of corruption and noise", Paper = "Daras et al., TMLR 2023")]
public sealed class ScheduleAnalysis(ScheduleOptions options) : IAnalysis
{
    // Points of the curves from t = 0 to t_A, where noise alone grows.
    private const int NoisePoints = 8;

    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var (method, data) = (options.Method, context.Model.Data);
        var corruption = method.Operator(data.Shape);
        var graph = Scheduler.Graph(method, corruption, data, context.Model.Device, context.Store, context.Progress, context.Cancellation);
        var path = graph.Path(options.Nodes);
        var images = ScheduleImages.Read(data, options.ScheduleImages);
        return Table(corruption, Schedules(method, corruption, graph, path, data.Shape), images.to(context.Model.Device)) with
        {
            Texts = new Dictionary<string, string> { ["schedule.json"] = ScheduleFile.Text(method, corruption, graph, path, images) },
            Sheets = ForwardSheet.Of(new SoftCorruption(corruption, method.Through(path.Levels)), images, context.Model),
        };
    }

    private static List<(string Name, SoftSchedule Schedule)> Schedules(SoftOptions method, ILinearCorruption corruption, ScheduleGraph graph, NodePath path, DataShape shape)
    {
        var linear = method.Through(Scheduler.Linear(corruption));
        return
        [
            ("wasserstein", method.Through(path.Levels)),
            ("equal-length", method.Through(NodePath.EqualLengths(graph.Kept, method.Nodes).Levels)),
            ("mse-matching", method.Through(Scheduler.Matching(graph, linear, shape))),
            ("linear", linear),
        ];
    }

    private AnalysisTable Table(ILinearCorruption corruption, List<(string Name, SoftSchedule Schedule)> schedules, torch.Tensor images) => new(
        [
            new("schedule", "Which schedule."),
            new("t", "Where on the way from clean (0) to corrupted (1): up to t_A noise alone grows, then there is a row a node."),
            new("level", "Of the corruption: a blur's standard deviation in pixels, the hidden share of a mask."),
            new("sigma", "Standard deviation of the noise, for images in [0, 1]."),
            new("distance", "Wasserstein distance of corrupted images from those of the node before, in closed form; empty where there is no such node."),
        ],
        [.. schedules.SelectMany(schedule => Rows(corruption, schedule.Name, schedule.Schedule, images))]);

    private IEnumerable<IReadOnlyList<object?>> Rows(ILinearCorruption corruption, string name, SoftSchedule schedule, torch.Tensor images)
    {
        var nodes = Enumerable.Range(0, options.Nodes).Select(k => schedule.Growing(k / (options.Nodes - 1.0))).ToArray();
        var distances = PairedDistances.Along(corruption, [.. nodes.Select(schedule.Level)], images);
        return
        [
            .. Enumerable.Range(0, NoisePoints).Select(i => Row(Math.Max(SoftCorruption.LowestLevel, schedule.Share * i / NoisePoints), null)),
            .. nodes.Select((t, k) => Row(t, k == 0 ? null : distances[k - 1])),
        ];

        object?[] Row(double t, double? distance) => [name, t, schedule.Level(t), schedule.Sigma(t), distance];
    }
}
