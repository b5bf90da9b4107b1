using Dfx.Numerics;

namespace Dfx.Compensation;

/// <summary>Where a pool's rows come from.</summary>
/// <param name="Images">Images from a place in the run's order on, so many, and what the task observes of them: [n, C, H, W], float32, on the run's device.</param>
/// <param name="Noise">z for all rows of the pool: [rows, C, H, W], float32, on the run's device.</param>
internal sealed record RolloutSource(
    Func<TrainingBatch, long, int, (torch.Tensor Images, Condition? Condition)> Images, Func<TrainingBatch, torch.Tensor> Noise)
{
    /// <summary>Training images and standard normals.</summary>
    internal static RolloutSource Plain { get; } = new(
        (batch, first, count) => batch.DrawnImages(first, count, "rollout-image"), batch => batch.Normal("rollout-noise"));
}

/// <summary>
/// Rows (x0, z, level, x, age): each is a segment of a trajectory, on which one image and one noise go down from where they entered. A finished row, one
/// that has taken K steps and been learned from once more, or is clean, gets the next image, noise and level. Levels and ages are kept on the CPU, so
/// that no device has to be asked which rows those are; only levels that are drawn from normals, EDM's, are waited for.
/// </summary>
internal sealed class RolloutPool : IRolloutPools, IDisposable
{
    private readonly IRolloutLevels _levels;
    private readonly RolloutSource _source;
    private readonly long _rollout;
    private readonly int _rows;
    private readonly torch.Device _device;
    private readonly torch.Tensor _x;
    private readonly torch.Tensor _clean;
    private readonly torch.Tensor _noise;
    private readonly torch.Tensor _level;
    private readonly torch.Tensor _age;
    private readonly torch.Tensor _drawn;
    private readonly torch.Tensor? _channels;
    private readonly torch.Tensor? _labels;
    private readonly torch.Tensor? _augmentation;

    /// <param name="model">Task and device.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="shape">The shape of their images.</param>
    /// <param name="levels">Where they enter and how they go down.</param>
    /// <param name="rollout">K; <see cref="long.MaxValue"/> for all the way.</param>
    /// <param name="source">Where they come from.</param>
    internal RolloutPool(ModelContext model, int rows, DataShape shape, IRolloutLevels levels, long rollout, RolloutSource source)
    {
        (_levels, _source, _rollout, _rows, _device) = (levels, source, rollout, rows, model.Device);
        (_x, _clean, _noise) = (Zeros(shape.Channels), Zeros(shape.Channels), Zeros(shape.Channels));
        _level = torch.zeros(rows, torch.float64).DetachFromDisposeScope();
        _age = torch.zeros(rows, torch.int64).DetachFromDisposeScope();
        _drawn = torch.zeros(1, torch.int64).DetachFromDisposeScope();
        var channels = model.Task.ConditionChannels(shape);
        _channels = channels > 0 ? Zeros(channels) : null;
        _labels = model.Task.UsesLabels ? torch.zeros([rows], torch.int64, _device).DetachFromDisposeScope() : null;
        _augmentation = model.Augmented ? torch.zeros([rows, AugmentPipe.LabelCount], torch.float32, _device).DetachFromDisposeScope() : null;

        torch.Tensor Zeros(int depth) => torch.zeros([rows, depth, shape.Height, shape.Width], torch.float32, _device).DetachFromDisposeScope();
    }

    /// <summary>How many images were drawn.</summary>
    public long Drawn => _drawn.ToInt64();

    /// <summary>All of it, for <see cref="TrainingPlan.State"/>.</summary>
    public IReadOnlyDictionary<string, torch.Tensor> State => new (string Name, torch.Tensor? Tensor)[]
    {
        ("x", _x), ("clean", _clean), ("noise", _noise), ("level", _level), ("age", _age), ("drawn", _drawn), ("channels", _channels), ("labels", _labels),
        ("augmentation", _augmentation),
    }.Where(t => t.Tensor is not null).ToDictionary(t => t.Name, t => t.Tensor!);

    /// <summary>This one, whatever the step.</summary>
    public RolloutPool Of(TrainingBatch batch) => this;

    /// <summary>Gives finished rows new images, noise and levels.</summary>
    internal void Refill(TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        using var finished = Finished();
        var count = (int)finished.shape[0];
        if (count == 0)
        {
            return;
        }

        var rows = finished.OnDevice(_device);
        var (images, condition) = _source.Images(batch, Drawn, count);
        var (noise, level) = (_source.Noise(batch).index_select(0, rows), _levels.Enter(batch, _rows).cpu().index_select(0, finished));
        _clean.index_copy_(0, rows, images);
        _noise.index_copy_(0, rows, noise);
        _x.index_copy_(0, rows, Compensation.Forward(images, noise, _levels.Sigma(level).OnDevice(_device)));
        _channels?.index_copy_(0, rows, condition!.Channels!);
        _labels?.index_copy_(0, rows, condition!.Labels!);
        _augmentation?.index_copy_(0, rows, condition!.Augmentation!);
        _level.index_copy_(0, finished, level);

        // At the start ages differ, so that from then on as many rows are drawn at every step.
        _age.index_copy_(0, finished, Drawn == 0 && _rollout < long.MaxValue ? torch.floor_divide(finished * (_rollout + 1), _rows) : torch.zeros_like(finished));
        _drawn.add_(count);
    }

    /// <summary>The rows of a part of a step's batch.</summary>
    /// <param name="part">Which of the parts, from 0.</param>
    /// <param name="parts">How many parts there are.</param>
    internal RolloutRows Rows(int part = 0, int parts = 1)
    {
        var (count, first) = (_rows / parts, (long)part * _rows / parts);
        return Of(tensor => parts == 1 ? tensor : tensor.narrow(0, first, count), tensor => parts == 1 ? tensor : tensor.narrow(0, first, count));
    }

    /// <summary>
    /// Takes the rows that go on one step down, x_s = x_t - D(x̂0, t) + D(x̂0, s) + c, and all of them one step in age.
    /// </summary>
    /// <param name="eps">The main network's estimate of the noise, a row each.</param>
    /// <param name="clip">Whether x̂0 is clipped to [-1, 1].</param>
    /// <param name="term">c of rows, by their estimates of the noise and of x0; null for none.</param>
    internal void Advance(torch.Tensor eps, bool clip, Func<RolloutRows, torch.Tensor, torch.Tensor, torch.Tensor?> term)
    {
        using var scope = torch.NewDisposeScope();
        using var going = (_age.lt(_rollout) & _levels.Next(_level).gt(0)).nonzero().squeeze(1);
        if (going.shape[0] > 0)
        {
            var index = going.OnDevice(_device);
            var (rows, noise) = (Of(tensor => tensor.index_select(0, index), tensor => tensor.index_select(0, going)), eps.index_select(0, index));
            var clean = CleanOf(rows, noise, clip);
            _x.index_copy_(0, index, Compensation.Step(rows.X, clean, rows.Noise, rows.Sigma, rows.Next, term(rows, noise, clean)));
        }

        _level.copy_(_levels.Next(_level));
        _age.add_(1);
    }

    /// <summary>x̂0 of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="eps">Their noise estimates.</param>
    /// <param name="clip">Whether it is clipped to [-1, 1].</param>
    internal static torch.Tensor CleanOf(RolloutRows rows, torch.Tensor eps, bool clip)
    {
        using var scope = torch.NewDisposeScope();
        var clean = Compensation.Clean(rows.X, eps, rows.Sigma);
        return scope.MoveToOuter(clip ? clean.clamp_(-1, 1) : clean);
    }

    public void Dispose()
    {
        foreach (var tensor in State.Values)
        {
            tensor.Dispose();
        }
    }

    private torch.Tensor Finished() => (_level.le(0) | _age.gt(_rollout)).nonzero().squeeze(1);

    private RolloutRows Of(Func<torch.Tensor, torch.Tensor> ours, Func<torch.Tensor, torch.Tensor> host)
    {
        var level = host(_level);
        return new(
            ours(_x), ours(_clean), ours(_noise), _levels.Sigma(level).OnDevice(_device), _levels.Sigma(_levels.Next(level)).OnDevice(_device),
            _channels is null && _labels is null && _augmentation is null ? null : new() { Channels = Mine(_channels), Labels = Mine(_labels), Augmentation = Mine(_augmentation) });

        torch.Tensor? Mine(torch.Tensor? tensor) => tensor is null ? null : ours(tensor);
    }
}
