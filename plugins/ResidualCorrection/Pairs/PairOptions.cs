using System.Globalization;

namespace Dfx.ResidualCorrection.Pairs;

/// <summary>What the target of turned and cropped images is.</summary>
public enum AugmentationTarget
{
    /// <summary>The turned or cropped image itself: it is what pairs are made of.</summary>
    PairedGeometry,

    /// <summary>The image before, as the paper can be read: the function would learn to undo an unknown rotation.</summary>
    Literal,
}

/// <summary>How trajectories of different levels are batched.</summary>
public enum PairBatching
{
    /// <summary>Collected before training: each trajectory goes on to the end of the grid, and each of its states is a pair.</summary>
    Harvest,

    /// <summary>Made anew every step: all images walk the grid together, each between its own levels.</summary>
    Lockstep,

    /// <summary>Made anew every step, with one pair of levels for all images.</summary>
    Shared,
}

/// <summary>The solver of the source's probability flow ODE.</summary>
public enum PairSolver
{
    /// <summary>Heun's method of order 2: two evaluations a step.</summary>
    Heun,

    /// <summary>Euler's method: one evaluation a step.</summary>
    Euler,

    /// <summary>Single-step DPM-Solver of order 2 with r = 1/2 (Lu et al. 2022): two evaluations a step.</summary>
    DpmSolver2,
}

/// <summary>How the start of a trajectory belongs to its image.</summary>
public enum PairCoupling
{
    /// <summary>y_a = x0 + sigma_a z (the paper). Then the ODE ends at an image that fits y_a, which need not be x0.</summary>
    ForwardNoise,

    /// <summary>
    /// y_a is x0 carried up the source's ODE on a grid 8 times as fine, where x0 is taken for a state at the last stop level: there, what is left to correct is the solver's error
    /// alone, and at earlier stops the rest of the flow, which a function of the state can undo.
    /// </summary>
    OdeEncode,
}

/// <summary>How the levels of start and stop are drawn.</summary>
public enum PairDraw
{
    /// <summary>The start a uniform on the grid, then the stop b uniform below it (the paper).</summary>
    Uniform,

    /// <summary>The same, with each level as likely as the part of log sigma that is next to it.</summary>
    LogSigma,

    /// <summary>As uniform, but every second stop is the level that corrects at c = 0.01.</summary>
    Late,
}

/// <summary>The options of corrections that decide which pairs there are.</summary>
internal sealed record PairOptions(
    bool Rotate = false,
    bool Crop = false,
    AugmentationTarget Augmentation = AugmentationTarget.PairedGeometry,
    PairBatching Batching = PairBatching.Harvest,
    int Pairs = 1000,
    int Levels = 18,
    PairSolver Solver = PairSolver.Heun,
    PairCoupling Coupling = PairCoupling.ForwardNoise,
    double? SigmaAMax = null,
    PairDraw Law = PairDraw.Uniform,
    int? N = null,
    int? Resubdivide = null)
{
    // EDM's grid for CIFAR-10 (Karras et al. 2022, table 1).
    private const double SigmaMin = 0.002;
    private const double SigmaMax = 80;

    /// <summary>Whether every trajectory has one stop, drawn with it, and not all that lie on its way.</summary>
    internal bool OneStop => N is not null || Resubdivide is not null;

    /// <summary>Whether pairs are made of turned and cropped images.</summary>
    internal Geometry Geometry => Augmentation == AugmentationTarget.PairedGeometry ? new(Rotate, Crop) : new(false, false);

    /// <summary>Whether there can be pairs, before the source is trained.</summary>
    /// <param name="schedule">The source's; null if it is not known yet.</param>
    /// <exception cref="ArgumentException">No source has such pairs.</exception>
    /// <exception cref="NotApplicableException">This source has none.</exception>
    internal void Check(INoiseSchedule? schedule)
    {
        if (N > Levels - 2)
        {
            throw new ArgumentException($"no trajectory can be made: n is {N}, and a grid of {Levels} levels has at most {Levels - 2} steps between a start and a stop: give a smaller n, or more levels");
        }

        if (SigmaAMax <= SigmaMin)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"no trajectory can be made: sigma-a-max is {SigmaAMax}, and every grid ends at {SigmaMin} or above, with two stops more before that: give a larger sigma-a-max"));
        }

        if (schedule is not null)
        {
            _ = PairLaw.Of(Grid(schedule), this);
        }
    }

    /// <summary>
    /// The grid: falling levels, all above 0. The last one is never a stop, so no state comes to it. For EDM it is 0.002, and the last stop 0.0075; for a source whose sampling ends
    /// at a higher level the last stop is that level, since it is where a correction takes over.
    /// </summary>
    internal double[] Grid(INoiseSchedule schedule)
    {
        var (low, high) = (schedule.SigmaMin, Math.Min(SigmaMax, schedule.SigmaMax));
        return low <= SigmaMin * (1 + 1e-9) ? Grids.Karras(SigmaMin, high, Levels) : [.. Grids.Karras(low, high, Levels - 1), Math.Min(SigmaMin, low / 2)];
    }
}
