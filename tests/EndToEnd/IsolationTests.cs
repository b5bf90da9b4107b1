namespace Dfx.EndToEnd;

/// <summary>Each way to be broken costs its own cells and nothing else.</summary>
[TestFixture]
internal sealed class IsolationTests
{
    private const string Matrix =
        """
        name: broken
        datasets: [test-shapes]
        training: { steps: 40, batch: 16 }
        methods:
          - test-affine
          - test-throws-in-constructor
          - test-throws-in-training
          - test-diverges
          - test-nan-samples
          - test-hangs-asleep
          - test-hangs-busy
          - test-aborts
          - test-segfaults
          - test-terminates
          - test-eats-memory
          - test-scribbles
          - test-spawns-child
          - test-daemon
          - test-forges
          - test-child-memory
        samplers: [test-euler, test-overspends]
        nfe: [4]
        samples: 20
        threads: 1
        limits: { time: 10s, memory: 700MiB }
        metrics: [test-mean]
        """;

    private Desk _desk = null!;
    private Outcome _outcome = null!;
    private IReadOnlyList<IReadOnlyDictionary<string, string>> _cells = null!;
    private IReadOnlyList<int> _left = null!;
    private IReadOnlyList<int> _daemons = null!;

    [OneTimeSetUp]
    public void RunOnce()
    {
        _desk = new Desk().With(
            "Sample", "ThrowsInConstructor", "ThrowsInTraining", "Diverges", "Hangs", "CrashesNatively", "EatsMemory", "Scribbles", "SpawnsChild",
            "Overspends", "Hostile");
        _outcome = _desk.Run(_desk.Write("broken.yaml", Matrix), "--workers", "2");
        _cells = Csv.Read(Path.Combine(_desk.Results, "broken", "cells.csv"));
        _left = _desk.Processes();
        _daemons = Desk.ProcessesOf("sleep\u000061301");
    }

    [OneTimeTearDown]
    public void TearDown() => _desk.Dispose();

    [Test]
    public void The_run_tells_of_the_failures_by_its_exit_code() => Assert.That(_outcome.Code, Is.EqualTo(1), _outcome.Output + _outcome.Errors);

    [Test]
    public void No_process_stays_behind() => Assert.That(_left, Is.Empty);

    /// <summary>It has a session of its own and nothing of the environment.</summary>
    [Test]
    public void No_daemon_stays_behind() => Assert.That(_daemons, Is.Empty);

    [TestCase("test-affine")]
    [TestCase("test-scribbles")]
    [TestCase("test-daemon")]
    public void Others_have_their_results(string method) => Assert.That(Cell(method, "test-euler")["status"], Is.EqualTo("ok"));

    [TestCase("test-throws-in-constructor", "error", "constructor")]
    [TestCase("test-throws-in-training", "error", "")]
    [TestCase("test-diverges", "diverged", "")]
    [TestCase("test-hangs-asleep", "timeout", "10 s")]
    [TestCase("test-hangs-busy", "timeout", "10 s")]
    [TestCase("test-aborts", "crashed", "abort")]
    [TestCase("test-segfaults", "crashed", "signal")]
    [TestCase("test-terminates", "crashed", "abort): terminate called after throwing an instance of 'std::length_error' | what():  no shape fits")]
    [TestCase("test-eats-memory", "oom", "700 MiB")]
    [TestCase("test-spawns-child", "timeout", "10 s")]
    [TestCase("test-forges", "error", "it forged and failed")]
    [TestCase("test-child-memory", "oom", "700 MiB")]
    public void A_training_that_fails_blocks_its_cells_with_status_and_reason(string method, string status, string reason)
    {
        var cell = Cell(method, "test-euler");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cell["status"], Is.EqualTo("blocked"));
            Assert.That(cell["message"], Does.StartWith($"train | test-shapes | generate | {method} | seed 0 is {status}").And.Contain(reason));
        }
    }

    [Test]
    public void Samples_that_are_not_finite_diverge()
    {
        var cell = Cell("test-nan-samples", "test-euler");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cell["status"], Is.EqualTo("diverged"));
            Assert.That(cell["message"], Does.Contain("not finite"));
        }
    }

    [Test]
    public void A_sampler_beyond_its_budget_is_stopped()
    {
        var cell = Cell("test-affine", "test-overspends");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cell["status"], Is.EqualTo("error"));
            Assert.That(cell["message"], Does.Contain("its budget is 4"));
        }
    }

    [Test]
    public void What_a_plugin_prints_is_in_its_log_and_not_in_the_conversation()
    {
        var logs = Directory.EnumerateFiles(Path.Combine(_desk.Results, "broken", "logs")).Select(File.ReadAllText);
        Assert.That(logs, Has.Some.Contains("managed output").And.Some.Contains("managed error"));
    }

    [Test]
    public void Failures_are_tried_again_and_results_are_not()
    {
        var status = _desk.Dfx("status", Path.Combine(_desk.Results, "broken"));
        var plan = _desk.Dfx("plan", Path.Combine(_desk.Folder, "broken.yaml"), "--plugins", _desk.Plugins);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.Output, Does.Contain("blocked").And.Contain("32 cells"));
            Assert.That(plan.Output, Does.Contain("failed          train | test-shapes | generate | test-aborts"));
            Assert.That(plan.Output, Does.Contain("cached          train | test-shapes | generate | test-diverges"));
        }
    }

    private IReadOnlyDictionary<string, string> Cell(string method, string sampler) =>
        _cells.Single(c => c["method"] == method && c["sampler"] == sampler);
}
