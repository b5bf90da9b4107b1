using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Hostile;

/// <summary>What a training can do.</summary>
public enum TrainingMischief
{
    None,
    AbsentDirectory,
    LateThread,
    LateTask,
    FailFast,
    StackOverflow,
    ClosedInput,
    ClosedFiles,
    LongMessage,
    ControlCharacters,
    ThrowingException,
    NestedException,
    WildReports,
    NothingKept,
    NoModel,
    Culture,
    OpenScope,
    NoGradient,
    GlobalSeed,
    OwnThreads,
    UnwaitedWork,
    WildCheckpoint,
    IgnoredCancellation,
}

/// <summary>What <see cref="MischievousMethod"/> takes.</summary>
public sealed record TrainingMischiefOptions([Description("What it does.")] TrainingMischief Does = TrainingMischief.None);

/// <summary>Does one thing in training that no method should.</summary>
[Method("test-mischief", "Mischief in training")]
public sealed partial class MischievousMethod(TrainingMischiefOptions options) : IMethod<IDenoiser>
{
    public IDenoiser Train(TrainingContext context)
    {
        Do(options.Does, context);
        var model = new TrivialDenoiser(context.Model.Data.Shape);
        foreach (var fraction in context.Settings.Checkpoints.Where(_ => options.Does != TrainingMischief.NothingKept))
        {
            context.Host.Keep(fraction, options.Does == TrainingMischief.WildCheckpoint ? Wild() : model.ToCheckpoint());
        }

        return options.Does == TrainingMischief.NoModel ? null! : model;
    }

    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => options.Does == TrainingMischief.NoModel ? null! : new TrivialDenoiser(context.Data.Shape);

    private static void Do(TrainingMischief mischief, TrainingContext context)
    {
        switch (mischief)
        {
            case TrainingMischief.AbsentDirectory:
                Directory.SetCurrentDirectory("/proc");
                break;
            case TrainingMischief.LateThread:
                new Thread(() => Throw(400)).Start();
                break;
            case TrainingMischief.LateTask:
                _ = Task.Run(() => Throw(200));
                break;
            case TrainingMischief.UnwaitedWork:
                new Thread(() => Thread.Sleep(Timeout.Infinite)).Start();
                break;
            case TrainingMischief.FailFast:
                Environment.FailFast("it fails fast");
                break;
            case TrainingMischief.StackOverflow:
                _ = Deeper(0);
                break;
            case TrainingMischief.ClosedInput:
                _ = Close(0);
                break;
            case TrainingMischief.ClosedFiles:
                Enumerable.Range(3, 300).ToList().ForEach(file => _ = Close(file));
                break;
            case TrainingMischief.LongMessage:
                throw new InvalidOperationException(new('M', 20_000_000));
            case TrainingMischief.ControlCharacters:
                throw new InvalidOperationException("\u001b[2J\u001b]0;title\u0007<script>1</script>\r\n| a `b`,\"c\"\u202e");
            case TrainingMischief.ThrowingException:
                throw new ThrowingException();
            case TrainingMischief.NestedException:
                throw Enumerable.Range(0, 2000).Aggregate(new InvalidOperationException("the innermost"), (inner, i) => new($"level {i}", inner));
            case TrainingMischief.WildReports:
                Enumerable.Range(0, 50_000).ToList().ForEach(i => context.Host.Report(i, 50_000, "a note\n{\"finished\":{\"status\":\"Ok\"}}"));
                context.Host.Report(-5, 0, new('z', 2_000_000));
                break;
            case TrainingMischief.IgnoredCancellation:
                Thread.Sleep(TimeSpan.FromMinutes(2));
                break;
            case TrainingMischief.Culture:
                CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = new("de-DE") { NumberFormat = { NumberDecimalSeparator = "," } };
                break;
            case TrainingMischief.OpenScope:
                _ = torch.NewDisposeScope();
                break;
            case TrainingMischief.NoGradient:
                torch.set_grad_enabled(false);
                break;
            case TrainingMischief.GlobalSeed:
                torch.manual_seed(1);
                break;
            case TrainingMischief.OwnThreads:
                torch.set_num_threads(7);
                break;
            default:
                break;
        }
    }

    private static Checkpoint Wild() => new(new Dictionary<string, torch.Tensor>
    {
        ["../../escape"] = torch.full(3, double.NaN),
        ["empty"] = torch.empty(0, 5),
        ["a \"b\"\n"] = torch.arange(4L).view(2, 2).t(),
    });

    private static int Deeper(int depth) => depth < 0 ? 0 : Deeper(depth + 1) + Deeper(depth + 2);

    private static void Throw(int milliseconds)
    {
        Thread.Sleep(milliseconds);
        throw new InvalidOperationException("it throws late");
    }

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    private sealed class ThrowingException : Exception
    {
        public override string Message => throw new InvalidOperationException("the message throws");

        public override string ToString() => throw new InvalidOperationException("the text throws");
    }
}
