namespace Dfx.Baselines.Tests;

/// <summary>
/// A mixture as score_sde asks it: its samplers step through a table of levels, but look up the score at a continuous time that lies a
/// little beside. At level k of the table, this answers with the denoiser that has the score of level k of the other one.
/// </summary>
/// <param name="mixture">The exact model.</param>
/// <param name="schedule">The schedule of the table.</param>
/// <param name="table">The levels that the sampler steps through.</param>
/// <param name="asked">What the code asks the score at for each: noise level and scale.</param>
internal sealed class ScoreSdeModel(Mixture mixture, INoiseSchedule schedule, double[] table, (double Sigma, double Scale)[] asked) : IDenoiser
{
    public INoiseSchedule Schedule => schedule;

    public DataShape Shape => mixture.Shape;

    public IReadOnlyList<NetworkCard> Networks => mixture.Networks;

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        var level = sigma[0].ToDouble();
        var k = Enumerable.Range(0, table.Length).MinBy(i => Math.Abs(table[i] - level));
        var scale = schedule.Scale(schedule.Time(level));
        var y = x * (scale / asked[k].Scale);
        var score = (mixture.Denoise(y, torch.full_like(sigma, asked[k].Sigma)) - y) / (asked[k].Sigma * asked[k].Sigma * asked[k].Scale);
        return x + (score * (level * level * scale));
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => mixture.Prior(level, noise);

    public Checkpoint ToCheckpoint() => mixture.ToCheckpoint();

    public void Dispose()
    {
    }
}
