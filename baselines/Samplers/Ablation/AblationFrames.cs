namespace Dfx.Baselines;

/// <summary>Times and levels that EDM's ablation compares (Karras et al. 2022, table 1).</summary>
internal static class AblationFrames
{
    private const int TableSize = 1000;

    internal static IFlowFrame Frame(this FlowTime time, INoiseSchedule schedule) => time switch
    {
        FlowTime.Edm => new ScheduleFrame(new EdmSchedule(), _ => 1),
        FlowTime.Ve => new ScheduleFrame(new VeSchedule(), t => 0.5 / Math.Sqrt(t)),
        _ => new PreservingFrame(schedule as VpSchedule ?? new VpSchedule()),
    };

    internal static double[] Levels(this AblationGrid grid, INoiseSchedule schedule, int count)
    {
        var (low, high) = (schedule.SigmaMin, schedule.SigmaMax);
        return grid switch
        {
            AblationGrid.Edm => Grids.Karras(low, high, count),
            AblationGrid.Ve => Grids.LogSnr(low, high, count),
            AblationGrid.Vp => Grids.Time(schedule as VpSchedule ?? new VpSchedule(), low, high, count),
            _ => Iddpm(low, high, count),
        };
    }

    // Of the levels within the schedule's range, at most as many as there are. The stride is rounded before the product, as in EDM's code:
    // it decides which of two levels a half becomes.
    private static double[] Iddpm(double low, double high, int count)
    {
        var table = IddpmTable().Where(u => u >= low && u <= high).ToArray();
        var levels = Math.Min(count, table.Length);
        var stride = (table.Length - 1.0) / Math.Max(1, levels - 1);
        return [.. Enumerable.Range(0, levels).Select(i => table[(int)Math.Round(stride * i)])];
    }

    /// <summary>
    /// iDDPM's noise levels, falling, the last one 0: u_{j-1} = √((u_j² + 1) / max(ᾱ_{j-1} / ᾱ_j, C1) - 1) with
    /// ᾱ_j = sin²(pi j / (2 M (C2 + 1))), M = 1000, C1 = 0.001, C2 = 0.008 (Karras et al. 2022, table 1).
    /// </summary>
    internal static double[] IddpmTable()
    {
        static double Bar(int j) => Math.Pow(Math.Sin(Math.PI / 2 * j / TableSize / 1.008), 2);
        var table = new double[TableSize + 1];
        for (var j = TableSize; j > 0; j--)
        {
            table[j - 1] = Math.Sqrt((((table[j] * table[j]) + 1) / Math.Max(Bar(j - 1) / Bar(j), 0.001)) - 1);
        }

        return table;
    }
}

/// <summary>A schedule that does not scale the signal, with the rate of its noise.</summary>
internal sealed record ScheduleFrame(INoiseSchedule Schedule, Func<double, double> Rate) : IFlowFrame
{
    public double Time(double sigma) => Schedule.Time(sigma);

    public double Sigma(double t) => Schedule.Sigma(t);

    public double Scale(double t) => 1;

    public double SigmaRate(double t) => Rate(t);

    public double ScaleRate(double t) => 0;
}
