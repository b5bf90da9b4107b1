namespace Dfx.TestPlugins.Sample;

/// <summary>
/// Rows (x0, z, t, x, k): images, their noise, and where they are after k steps down from where they entered. x_t = g(t) x0 + f(t) z with
/// g = 1 / √(1 + sigma²) and f = sigma g.
/// </summary>
internal sealed class RolloutPool : IDisposable
{
    private const string Eps = "eps";

    private readonly DdpmProcess _process;
    private readonly int _rollout;
    private readonly int _steps;
    private readonly torch.Tensor _sigmas;
    private readonly torch.Tensor _clean;
    private readonly torch.Tensor _noise;
    private readonly torch.Tensor _x;
    private readonly torch.Tensor _time;
    private readonly torch.Tensor _age;
    private readonly torch.Tensor _drawn;

    internal RolloutPool(TrainingContext context, DdpmProcess process, int rollout)
    {
        (_process, _rollout, _steps) = (process, rollout, process.Schedule.Steps!.Value);
        var (rows, device) = (context.Settings.Batch, context.Model.Device);
        var shape = context.Model.Data.Shape.Batch(rows);
        _sigmas = torch.tensor([.. Enumerable.Range(0, _steps + 1).Select(t => t == 0 ? 0 : process.Schedule.Sigma(t))], torch.float64, device).DetachFromDisposeScope();
        (_clean, _noise, _x) = (Zeros(shape, torch.float32), Zeros(shape, torch.float32), Zeros(shape, torch.float32));
        (_time, _age, _drawn) = (Zeros([rows], torch.int64), Zeros([rows], torch.int64), Zeros([1], torch.int64));
        torch.Tensor Zeros(long[] sides, torch.ScalarType dtype) => torch.zeros(sides, dtype, device).DetachFromDisposeScope();
    }

    internal IReadOnlyDictionary<string, torch.Tensor> State => new Dictionary<string, torch.Tensor>
    {
        ["clean"] = _clean,
        ["noise"] = _noise,
        ["x"] = _x,
        ["time"] = _time,
        ["age"] = _age,
        ["drawn"] = _drawn,
    };

    internal long Drawn => _drawn.ToInt64();

    /// <summary>Rows that are finished get the next images, noise and times.</summary>
    internal void Refill(TrainingBatch batch)
    {
        var finished = (_time.eq(0) | _age.ge(_rollout)).nonzero().squeeze(1);
        var count = (int)finished.shape[0];
        if (count == 0)
        {
            return;
        }

        _clean.index_copy_(0, finished, batch.Others(batch.Drawn(Drawn, count), "pool"));
        _noise.index_copy_(0, finished, batch.Normal("pool-noise").index_select(0, finished));
        var times = torch.tensor(batch.Noise("pool-time").Integers(batch.Step, _steps, batch.Count)).to(torch.int64).to(finished.device) + 1;
        _time.index_copy_(0, finished, times.index_select(0, finished));
        _age.index_fill_(0, finished, 0);
        _x.copy_(torch.where(_age.eq(0).view(-1, 1, 1, 1), Forward(_clean, _noise, _time), _x));
        _drawn.add_(count);
    }

    /// <summary>‖eps(x_t) - z‖² of the main network.</summary>
    internal torch.Tensor NoiseLoss(TrainingBatch batch, UNet main)
    {
        using var scope = torch.NewDisposeScope();
        var (x, sigma) = (batch.Rows(_x), Sigma(batch.Rows(_time)));
        var eps = Noise(main, x, sigma);
        batch.Keep(Eps, eps);
        return scope.MoveToOuter((eps - batch.Rows(_noise)).square());
    }

    /// <summary>|c - c*|, where c = -k u and c* = -k (z - eps): u is the second network's estimate of z - eps.</summary>
    internal torch.Tensor TermLoss(TrainingBatch batch, UNet module)
    {
        using var scope = torch.NewDisposeScope();
        var (x, time, eps) = (batch.Rows(_x), batch.Rows(_time), batch.Kept(Eps));
        return scope.MoveToOuter((Weight(time) * (Residual(module, x, time, eps) - (batch.Rows(_noise) - eps))).abs());
    }

    /// <summary>x_{t-1} = x_t - D(xhat0, t) + D(xhat0, t - 1) + c, with the z of each row.</summary>
    internal void Advance(TrainingBatch batch, UNet module)
    {
        var eps = batch.Kept(Eps);
        var c = Weight(_time) * Residual(module, _x, _time, eps);
        var (scale, sigma) = (Scale(_time), Denoising.Rows(Sigma(_time), _x));
        var clean = (_x / scale) - (eps * sigma);
        _x.sub_(Forward(clean, _noise, _time)).add_(Forward(clean, _noise, _time - 1)).sub_(c);
        _time.sub_(1);
        _age.add_(1);
    }

    public void Dispose()
    {
        foreach (var tensor in State.Values.Append(_sigmas))
        {
            tensor.Dispose();
        }
    }

    // The noise that the denoiser finds in x_t = g y: (y - D(y; sigma)) / sigma.
    private torch.Tensor Noise(UNet main, torch.Tensor x, torch.Tensor sigma)
    {
        var y = x * Denoising.Rows((sigma.square() + 1).sqrt(), x);
        return (y - _process.Denoise(main, y, sigma)) / Denoising.Rows(sigma, x);
    }

    private torch.Tensor Residual(UNet module, torch.Tensor x, torch.Tensor time, torch.Tensor eps) =>
        module.call(x, time.to(x.dtype) * (1000.0 / _steps), new() { Channels = eps });

    private torch.Tensor Forward(torch.Tensor clean, torch.Tensor noise, torch.Tensor time) =>
        (clean + (noise * Denoising.Rows(Sigma(time), clean))) * Scale(time);

    // k(t) = f(t) (g(t - 1) / g(t) - 1).
    private torch.Tensor Weight(torch.Tensor time)
    {
        var before = Scale((time - 1).clamp_min(0));
        return Denoising.Rows(Sigma(time), before) * (before - Scale(time));
    }

    private torch.Tensor Scale(torch.Tensor time) => Denoising.Rows((Sigma(time).square() + 1).rsqrt(), _x);

    private torch.Tensor Sigma(torch.Tensor time) => _sigmas.index_select(0, time);
}
