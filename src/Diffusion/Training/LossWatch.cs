using System.Globalization;

namespace Dfx.Diffusion;

/// <summary>
/// The losses and gradient norms since somebody last looked. They stay on the device until then: reading a number waits for all that the device
/// was asked to do.
/// </summary>
/// <param name="plan">Whose losses they are.</param>
internal sealed class LossWatch(TrainingPlan plan) : IDisposable
{
    private readonly List<(long Step, int Trainee, torch.Tensor Pair)> _notes = [];
    private readonly double?[] _losses = new double?[plan.Trainees.Length];

    /// <summary>The losses that were seen last, in words.</summary>
    internal string Losses => plan.Trainees.Length == 1
        ? string.Create(CultureInfo.InvariantCulture, $"loss {_losses[0]:G4}")
        : string.Join(", ", plan.Trainees.Zip(_losses).Where(t => t.Second is not null).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.First.Name} {t.Second:G4}")));

    /// <summary>Notes an update.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="trainee">Whose it is.</param>
    /// <param name="loss">A scalar.</param>
    /// <param name="norm">Its gradient's norm.</param>
    internal void Note(long step, int trainee, torch.Tensor loss, torch.Tensor norm)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        _notes.Add((step, trainee, torch.stack([loss.@float(), norm.@float()]).DetachFromDisposeScope()));
    }

    /// <summary>Reads what was noted, in one transfer.</summary>
    /// <returns>The first step with a number that is not finite, and which; null if all are.</returns>
    internal (long Step, string What)? Look()
    {
        if (_notes.Count == 0)
        {
            return null;
        }

        using var scope = torch.NewDisposeScope();
        var numbers = torch.cat([.. _notes.Select(n => n.Pair)]).cpu().data<float>().ToArray();
        (long, string)? problem = null;
        foreach (var (i, (step, trainee, _)) in _notes.Index())
        {
            var (loss, norm) = (numbers[2 * i], numbers[(2 * i) + 1]);
            _losses[trainee] = loss;
            problem ??= float.IsFinite(loss) && float.IsFinite(norm) ? null : (step, Words(trainee, loss, norm));
        }

        Dispose();
        return problem;
    }

    /// <summary>Forgets what was noted.</summary>
    public void Dispose()
    {
        _notes.ForEach(note => note.Pair.Dispose());
        _notes.Clear();
    }

    private string Words(int trainee, float loss, float norm) => string.Create(
        CultureInfo.InvariantCulture,
        $"the loss{(plan.Trainees.Length == 1 ? "" : " of " + plan.Trainees[trainee].Name)} is {loss:G4} and the norm of its gradient {norm:G4}");
}
